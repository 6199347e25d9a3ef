/**
 * Serving that follows the store: a predictor opened on an alias answers with the promoted version
 * from the next prediction on, and records what it says. Public: hosts and plug-ins may use it.
 */
@NullMarked
package io.millwright.runtime.serve;

import org.jspecify.annotations.NullMarked;

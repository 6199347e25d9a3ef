/** Commands of the model store. */
@NullMarked
package io.millwright.cli.store;

import org.jspecify.annotations.NullMarked;

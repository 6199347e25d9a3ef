/**
 * Smaller models: from bundle to bundle, within a budget of accuracy. Public; for hosts and
 * devices. Nothing here learns, so a process without an engine can do it.
 */
@NullMarked
package io.millwright.runtime.compress;

import org.jspecify.annotations.NullMarked;

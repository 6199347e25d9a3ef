/**
 * The entry of the {@code millwright} command. Programs to run and to copy from, not a library:
 * nothing here is under semantic versioning.
 */
@NullMarked
package io.millwright.samples;

import org.jspecify.annotations.NullMarked;

/**
 * The division of work between lines: a mixed-integer program with chance constraints. Internal.
 */
@NullMarked
package io.millwright.production.internal.allocation;

import org.jspecify.annotations.NullMarked;

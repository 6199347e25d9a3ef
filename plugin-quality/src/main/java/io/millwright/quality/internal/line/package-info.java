/**
 * Inspection on a running line: frames, deadlines and what became of them. Internal: may change in
 * any release.
 */
@NullMarked
package io.millwright.quality.internal.line;

import org.jspecify.annotations.NullMarked;

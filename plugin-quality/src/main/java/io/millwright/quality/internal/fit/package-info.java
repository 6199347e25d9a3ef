/**
 * Summary statistics, least squares and analysis of variance, to the digits that double precision
 * gives. Internal: may change in any release.
 */
@NullMarked
package io.millwright.quality.internal.fit;

import org.jspecify.annotations.NullMarked;

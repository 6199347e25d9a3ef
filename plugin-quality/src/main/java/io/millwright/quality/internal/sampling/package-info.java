/**
 * Acceptance sampling: plans by computation and their operating characteristics. Internal: may
 * change in any release.
 */
@NullMarked
package io.millwright.quality.internal.sampling;

import org.jspecify.annotations.NullMarked;

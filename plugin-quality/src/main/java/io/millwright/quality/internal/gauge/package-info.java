/**
 * Measurement systems analysis: gauge studies and the agreement of appraisers. Internal: may change
 * in any release.
 */
@NullMarked
package io.millwright.quality.internal.gauge;

import org.jspecify.annotations.NullMarked;

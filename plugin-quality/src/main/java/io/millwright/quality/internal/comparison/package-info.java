/**
 * Comparison with a golden template: registration, difference, regions and their classes. Internal:
 * may change in any release.
 */
@NullMarked
package io.millwright.quality.internal.comparison;

import org.jspecify.annotations.NullMarked;

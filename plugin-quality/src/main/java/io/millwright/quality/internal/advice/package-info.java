/**
 * Response surfaces, robust settings, designs of experiments and their check. Internal: may change
 * in any release.
 */
@NullMarked
package io.millwright.quality.internal.advice;

import org.jspecify.annotations.NullMarked;

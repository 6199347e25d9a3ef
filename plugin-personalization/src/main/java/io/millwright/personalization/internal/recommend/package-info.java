/**
 * Recommendation from implicit feedback: methods that score every item from a history, the ranker
 * that combines them, its back-test and its calibration. {@link
 * io.millwright.personalization.internal.recommend.Recommending} is the door. Internal: may change
 * in any release.
 */
@NullMarked
package io.millwright.personalization.internal.recommend;

import org.jspecify.annotations.NullMarked;

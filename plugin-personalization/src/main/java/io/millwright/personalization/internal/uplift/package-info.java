/**
 * Marketing: uplift of randomised tests and its Qini area, exact assignment of offers, a bandit
 * that knows its propensities, and off-policy evaluation. {@link
 * io.millwright.personalization.internal.uplift.Uplifting} is the door. Internal: may change in any
 * release.
 */
@NullMarked
package io.millwright.personalization.internal.uplift;

import org.jspecify.annotations.NullMarked;

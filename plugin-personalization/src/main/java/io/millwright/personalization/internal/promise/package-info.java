/**
 * Customised production: orders of work from configurations, dates with quantiles by simulation,
 * and stock of variants. {@link io.millwright.personalization.internal.promise.Promising} is the
 * door. Internal: may change in any release.
 */
@NullMarked
package io.millwright.personalization.internal.promise;

import org.jspecify.annotations.NullMarked;

/**
 * The entry of the personalisation plug-in: binds the facade to the rooms below, {@code recommend},
 * {@code configure}, {@code promise} and {@code uplift}. Internal: may change in any release.
 */
@NullMarked
package io.millwright.personalization.internal;

import org.jspecify.annotations.NullMarked;

/**
 * Personalisation: what a customer needs next, whether it can be built, and what it takes to build
 * it. The facade of the plug-in: interfaces and records on the JDK and the Millwright API alone,
 * under semantic versioning. {@link io.millwright.personalization.Personalization} is the way in.
 */
@NullMarked
package io.millwright.personalization;

import org.jspecify.annotations.NullMarked;

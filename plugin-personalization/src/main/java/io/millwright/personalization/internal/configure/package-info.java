/**
 * Configuration of products: the text form of models, a solver of our own for what is still
 * possible and why not (conflict-driven clause learning over pseudo-Boolean constraints), CP-SAT
 * for what is cheapest or nearest, and the reading of requests. {@link
 * io.millwright.personalization.internal.configure.Configuring} is the door. Internal: may change
 * in any release.
 */
@NullMarked
package io.millwright.personalization.internal.configure;

import org.jspecify.annotations.NullMarked;

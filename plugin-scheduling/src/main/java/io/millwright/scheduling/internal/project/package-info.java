/**
 * Projects: operations that share nothing but pools of resources and precedence (the
 * resource-constrained project scheduling problem, RCPSP), searched by lists and justification.
 */
@NullMarked
package io.millwright.scheduling.internal.project;

import org.jspecify.annotations.NullMarked;

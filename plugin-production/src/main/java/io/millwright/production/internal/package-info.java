/**
 * The entry of the production plug-in: binds the facade to the rooms below: {@code flow}, {@code
 * indicators}, {@code bottleneck}, {@code load}, {@code allocation}, {@code planning}, {@code
 * balance}. Internal: may change in any release.
 */
@NullMarked
package io.millwright.production.internal;

import org.jspecify.annotations.NullMarked;

/**
 * The entry of the supply-chain plug-in: binds the facade to the rooms below, {@code forecast} and
 * {@code stock}. Internal: may change in any release.
 */
@NullMarked
package io.millwright.supplychain.internal;

import org.jspecify.annotations.NullMarked;

/**
 * What stands behind the facade of the supply-chain plug-in: training at rolling origins, networks,
 * bands, predictors, stock. Internal: may change in any release.
 */
@NullMarked
package io.millwright.supplychain.internal;

import org.jspecify.annotations.NullMarked;

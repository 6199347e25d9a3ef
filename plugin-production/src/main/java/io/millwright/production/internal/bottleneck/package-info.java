/**
 * Bottlenecks: active periods and waits, the next shift, and a simulated line fitted to the log.
 * Internal.
 */
@NullMarked
package io.millwright.production.internal.bottleneck;

import org.jspecify.annotations.NullMarked;

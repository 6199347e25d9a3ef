/**
 * Reads and checks event logs, and analyses how orders and resources passed the period. Internal.
 */
@NullMarked
package io.millwright.production.internal.flow;

import org.jspecify.annotations.NullMarked;

/**
 * Relearning: a loop that watches a model, trains a challenger when there is a reason, judges it
 * beside the champion and in shadow, promotes it by a written gate and rolls it back when it does
 * worse. Public: hosts may use it.
 */
@NullMarked
package io.millwright.core.relearn;

import org.jspecify.annotations.NullMarked;

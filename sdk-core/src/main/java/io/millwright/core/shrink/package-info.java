/**
 * Smaller networks that learn again: pruning and distillation from bundle to bundle, within a
 * budget of accuracy. Public; for hosts, which get {@link io.millwright.core.shrink.Shrinking} from
 * {@code millwright.plugin(Shrinking.class)}. Fewer bits for the same weights, which needs no
 * learning, is in {@code runtime.compress}.
 */
@NullMarked
package io.millwright.core.shrink;

import org.jspecify.annotations.NullMarked;

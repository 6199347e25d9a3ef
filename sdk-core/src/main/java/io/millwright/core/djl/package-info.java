/**
 * PyTorch through Deep Java Library: the only room that imports {@code ai.djl}. It starts the
 * engine without any download, turns a network plan into torch operations, and gives losses and
 * gradients. {@link io.millwright.core.djl.PyTorchEngine} itself names no DJL type, so that it can
 * be found where DJL is absent. Internal.
 */
@NullMarked
package io.millwright.core.djl;

import org.jspecify.annotations.NullMarked;

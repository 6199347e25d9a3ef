/**
 * PyTorch through Deep Java Library: the only room that imports {@code ai.djl}. It starts the
 * engine without any download, turns a network plan into torch operations, and gives losses and
 * gradients. {@link io.millwright.engine.pytorch.PyTorchEngine} itself names no DJL type, so that
 * it can be found where DJL is absent. Internal.
 */
@NullMarked
package io.millwright.engine.pytorch;

import org.jspecify.annotations.NullMarked;

/**
 * What integrators implement and receive: a {@link io.millwright.api.spi.Plugin} is a named factory
 * found by {@link java.util.ServiceLoader}; it is given a {@link
 * io.millwright.api.spi.PluginContext} with the learning toolkit, the host's executor and clock,
 * and hands back its {@link io.millwright.api.spi.Parts}. Programs that only use Millwright need
 * nothing from here. Every type here is under semantic versioning.
 */
@NullMarked
package io.millwright.api.spi;

import org.jspecify.annotations.NullMarked;

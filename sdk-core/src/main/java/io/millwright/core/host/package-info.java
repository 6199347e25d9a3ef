/**
 * The implementation of the front door: settings, discovery and life of plug-ins, their class
 * loaders, and the choice of engine and device. It joins the other rooms; none of them knows it.
 * Internal.
 */
@NullMarked
package io.millwright.core.host;

import org.jspecify.annotations.NullMarked;

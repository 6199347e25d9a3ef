/**
 * Where Millwright meets Guice: the base class of plug-ins that wire themselves with it, and the
 * module for programs that do. Every public type here is under semantic versioning. Each plug-in
 * has an injector of its own; nothing bound in one is seen by another or by the host.
 */
@NullMarked
package io.millwright.core.guice;

import org.jspecify.annotations.NullMarked;

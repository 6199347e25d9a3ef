/**
 * The edge: answers on a small device, without an engine, a table or garbage, and answers kept
 * while the link is down. Public; for programs on controllers and gateways.
 */
@NullMarked
package io.millwright.runtime.edge;

import org.jspecify.annotations.NullMarked;

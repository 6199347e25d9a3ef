/**
 * Signals of an OPC UA server. May be touched by everybody; the only room that imports the OPC UA
 * client. Under semantic versioning.
 */
@NullMarked
package io.millwright.connect.opcua;

import org.jspecify.annotations.NullMarked;

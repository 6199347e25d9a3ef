/**
 * Signals by MQTT 3.1.1 and Sparkplug B. May be touched by everybody; the only room that imports
 * the MQTT client. Under semantic versioning.
 */
@NullMarked
package io.millwright.connect.mqtt;

import org.jspecify.annotations.NullMarked;

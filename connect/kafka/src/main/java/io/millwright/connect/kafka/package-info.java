/**
 * Signals from Kafka topics. May be touched by everybody; the only room that imports the Kafka
 * client. Under semantic versioning.
 */
@NullMarked
package io.millwright.connect.kafka;

import org.jspecify.annotations.NullMarked;

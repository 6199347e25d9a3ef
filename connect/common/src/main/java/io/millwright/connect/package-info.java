/**
 * What connectors have in common: readings of signals and the feed that puts them in order. May be
 * touched by everybody. Under semantic versioning.
 */
@NullMarked
package io.millwright.connect;

import org.jspecify.annotations.NullMarked;

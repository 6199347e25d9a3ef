/**
 * A Millwright without learning: what the command and the report are tested with, so that their
 * tests take no training. Its models are crude but honest: what they say is computed.
 */
@NullMarked
package io.millwright.cli.fake;

import org.jspecify.annotations.NullMarked;

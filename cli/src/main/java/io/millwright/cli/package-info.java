/**
 * The {@code millwright} command: reads options, calls the public API, and says what came out, for
 * people or as JSON. No logic that a program would want; a program embeds the API instead. Standard
 * output carries results only; progress and errors go to standard error.
 */
@NullMarked
package io.millwright.cli;

import org.jspecify.annotations.NullMarked;

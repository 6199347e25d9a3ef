/**
 * What every command works with: the desk, options that all commands share, tables as they are
 * written, replies for people and programs, progress and numbers.
 */
@NullMarked
package io.millwright.cli.kit;

import org.jspecify.annotations.NullMarked;

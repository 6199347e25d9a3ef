/**
 * How a text falls into words: one normal form, and runs of letters and digits or single ideographs
 * (tokenisation). What prepares tables and what models texts share it; plug-ins leave it alone.
 */
@NullMarked
package io.millwright.runtime.words;

import org.jspecify.annotations.NullMarked;

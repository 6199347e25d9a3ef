/**
 * Pages that show what a model learnt: one self-contained HTML file, with drawings inside, nothing
 * fetched from anywhere, readable on screen and on paper. Takes finished figures only; it never
 * trains or predicts.
 */
@NullMarked
package io.millwright.reports;

import org.jspecify.annotations.NullMarked;

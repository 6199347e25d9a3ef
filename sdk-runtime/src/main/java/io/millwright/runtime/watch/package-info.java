/**
 * Watching models and their data: drift of columns and answers, quality of data, figures against
 * what a card promises, intervals that adapt while data shift, accuracy before the truth is known.
 * Windows of tables and streams of numbers go in, reports and alarms come out. Public: hosts and
 * plug-ins may use it.
 */
@NullMarked
package io.millwright.runtime.watch;

import org.jspecify.annotations.NullMarked;

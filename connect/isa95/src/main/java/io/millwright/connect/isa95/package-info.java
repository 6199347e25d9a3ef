/**
 * Plant documents: operations schedules and performance in the words of B2MML (ISA-95, IEC 62264),
 * and shifts from iCalendar. May be touched by everybody. Under semantic versioning.
 */
@NullMarked
package io.millwright.connect.isa95;

import org.jspecify.annotations.NullMarked;

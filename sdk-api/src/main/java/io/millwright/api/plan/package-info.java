/**
 * What areas hand to each other for planning: plain laws, booked times, windows of time, and orders
 * of work.
 */
@NullMarked
package io.millwright.api.plan;

import org.jspecify.annotations.NullMarked;

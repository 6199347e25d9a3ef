/** What areas hand to each other for planning: plain laws and windows of time. */
@NullMarked
package io.millwright.api.plan;

import org.jspecify.annotations.NullMarked;

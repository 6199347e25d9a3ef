/** Commands of personalisation: recommendations, configurations, and effects of campaigns. */
@NullMarked
package io.millwright.cli.personalization;

import org.jspecify.annotations.NullMarked;

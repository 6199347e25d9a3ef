/**
 * Transparency: what a model's file answers of articles 11 to 15 and annex IV of Regulation (EU)
 * 2024/1689, point by point, and policies that pass or refuse a model. Says "not known" where
 * nothing is known. Public: hosts may use it.
 */
@NullMarked
package io.millwright.runtime.comply;

import org.jspecify.annotations.NullMarked;

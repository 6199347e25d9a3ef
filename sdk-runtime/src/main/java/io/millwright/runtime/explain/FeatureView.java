package io.millwright.runtime.explain;

import io.millwright.api.data.Image;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import java.util.BitSet;
import java.util.List;

/**
 * How an input falls into features that can be taken from it one by one (the players of a Shapley
 * value). Implemented here for tables, histories, texts and images, and by whoever has inputs of
 * another kind. Implementations are immutable and thread-safe.
 *
 * @param <I> one input
 */
public interface FeatureView<I> {

  /**
   * The features of an input.
   *
   * @param input the input
   * @return their names, in order; at least one
   */
  List<String> names(I input);

  /**
   * An input with some features of another.
   *
   * @param input whose features are kept
   * @param reference whose features stand where they are not
   * @param kept the features that are kept, by their place in {@link #names}
   * @return the mixed input
   */
  I mixed(I input, I reference, BitSet kept);

  /**
   * What a feature holds, for people.
   *
   * @param input the input
   * @param feature its place in {@link #names}
   * @return a short text
   */
  String text(I input, int feature);

  /**
   * One feature a column: its whole course in a table of several rows is one feature.
   *
   * @param columns the columns; others stay as they are
   * @return the view
   */
  static FeatureView<Table> columns(List<String> columns) {
    return new ColumnView(columns, 0);
  }

  /**
   * One feature for each column and run of rows: which sensor, and when.
   *
   * @param columns the columns
   * @param rows how many rows one run has, at least 1; runs are counted from the last row back
   * @return the view
   */
  static FeatureView<Table> steps(List<String> columns, int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("runs of " + rows + " rows");
    }
    return new ColumnView(columns, rows);
  }

  /**
   * The same for histories of units.
   *
   * @param columns the columns
   * @param rows how many rows one run has; 0 for whole columns
   * @return the view
   */
  static FeatureView<UnitHistory> history(List<String> columns, int rows) {
    ColumnView view = new ColumnView(columns, rows);
    return new FeatureView<>() {
      @Override
      public List<String> names(UnitHistory input) {
        return view.names(input.readings());
      }

      @Override
      public UnitHistory mixed(UnitHistory input, UnitHistory reference, BitSet kept) {
        return new UnitHistory(
            input.unit(),
            view.mixed(input.readings(), reference.readings(), kept),
            input.startAge(),
            input.end());
      }

      @Override
      public String text(UnitHistory input, int feature) {
        return view.text(input.readings(), feature);
      }
    };
  }

  /**
   * One feature a word. A word that is not kept is left out; the reference is not looked at.
   *
   * @return the view
   */
  static FeatureView<String> words() {
    return new WordView();
  }

  /**
   * One feature a tile of an image.
   *
   * @param down how many tiles one above the other, at least 1
   * @param across how many side by side, at least 1
   * @return the view; a tile that is not kept is taken from the reference, which must have the same
   *     size and format
   */
  static FeatureView<Image> tiles(int down, int across) {
    return new TileView(down, across);
  }
}

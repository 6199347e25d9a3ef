package io.millwright.runtime.predict;

import io.millwright.api.data.Table;
import io.millwright.api.learn.Encoder;
import java.util.List;

/** Where inputs come from: tables of their own, or rows of a table of many. */
interface Inputs {

  /** The table of an input. */
  Table table(int input);

  /** The only row of the table that is the input's, or -1 for all of them. */
  int row(int input);

  /** Inputs that are tables of their own once encoded. */
  static <I> Inputs encoded(Encoder<I> encoder, List<? extends I> inputs) {
    return new Inputs() {
      @Override
      public Table table(int input) {
        return encoder.encode(inputs.get(input));
      }

      @Override
      public int row(int input) {
        return -1;
      }
    };
  }

  /** Each row of a table. */
  static Inputs rows(Table rows) {
    return new Inputs() {
      @Override
      public Table table(int input) {
        return rows;
      }

      @Override
      public int row(int input) {
        return input;
      }
    };
  }
}

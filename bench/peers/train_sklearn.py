"""scikit-learn: MLPClassifier.fit with Adam and the same layers, batches and epochs."""
import warnings

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

import bench_data
import rounds

warnings.filterwarnings("ignore")
BATCH, CHECKED_EPOCHS = 1024, 5


def main():
    asked = rounds.arguments(bench_data.TRAINING, as_written=False)
    shape, rows = bench_data.TRAINING[asked.job]
    x, y = bench_data.training_rows(asked.seed, rows, shape[0])
    # The same scaling as in Kindred: inputs of mean square 1.
    x *= np.sqrt(np.float32(shape[0]))

    def fit(epochs):
        model = MLPClassifier(
            shape[1:], batch_size=BATCH, max_iter=epochs, learning_rate_init=4e-3, alpha=0,
            n_iter_no_change=10_000, tol=0, random_state=asked.seed)
        return model.fit(x, y)

    loss = float(fit(CHECKED_EPOCHS).loss_)
    rounds.serve(rows, lambda: fit(1), variant=f"batches of {BATCH:,}", check={"loss": loss}, versions={"sklearn": sklearn.__version__})


main()

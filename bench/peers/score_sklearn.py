"""scikit-learn: MLPClassifier.predict_proba, one model after the other, with the best chunk size."""
import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import LabelBinarizer

import bench_data
import rounds


def classifier(layers):
    """A classifier in the state after `fit`, with the weights of a network."""
    model = MLPClassifier(tuple(len(bias) for _, bias in layers[:-1]))
    model.coefs_ = [weights.T.copy() for weights, _ in layers]
    model.intercepts_ = [bias.copy() for _, bias in layers]
    model.n_layers_, model.n_outputs_, model.out_activation_ = len(layers) + 1, 1, "logistic"
    model.classes_ = np.array([0, 1])
    model.n_features_in_ = layers[0][0].shape[1]
    model._label_binarizer = LabelBinarizer().fit(model.classes_)
    return model


def main():
    asked = rounds.arguments(["score_d64", "score_d256"], as_written=False)
    shape, count, counts = bench_data.SCORING[asked.job]
    users = counts[asked.quick]
    k = users // 100
    x = bench_data.users(asked.seed, users, shape[0])
    models = [classifier(layers) for layers in bench_data.networks(asked.seed, count, shape)]
    scores = np.empty((count, users), np.float32)

    def score(chunk):
        for model, classifier_ in enumerate(models):
            for first in range(0, users, chunk):
                scores[model, first:first + chunk] = classifier_.predict_proba(x[first:first + chunk])[:, 1]

    def whole(chunk):
        score(chunk)
        return [np.argpartition(scores[model], users - k)[users - k:] for model in range(count)]

    chunk = int(rounds.fastest({c: (lambda c=c: score(c)) for c in (1024, 2048, 4096, 8192)}, tries=1)[0])
    best = whole(chunk)[0]
    best = best[np.argsort(-scores[0, best])][:5]
    # Converts the probability to the log-odds that the other peers return.
    odds = scores[0, best].astype(np.float64)
    rounds.serve(
        users * count, lambda: whole(chunk), lambda: score(chunk), f"{chunk:,} users at a time",
        {"best_users": best.tolist(), "best_scores": np.log(odds / (1 - odds)).tolist()},
        {"sklearn": sklearn.__version__, "numpy": np.__version__})


main()

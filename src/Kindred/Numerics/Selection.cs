namespace Kindred.Numerics;

/// <summary>Order statistics without sorting.</summary>
internal static class Selection
{
    /// <summary>The k-th largest value (k from 1), by Hoare's quickselect; the values are reordered so that the k largest come
    /// first.</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="k">From 1 to the number of values.</param>
    public static float Largest(Span<float> values, int k)
    {
        int low = 0, high = values.Length - 1, wanted = k - 1;
        while (low < high)
        {
            // The median of three keeps sorted input from being slow.
            float a = values[low], b = values[(low + high) >> 1], c = values[high];
            var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            int i = low, j = high;
            while (i <= j)
            {
                while (values[i] > pivot) i++;
                while (values[j] < pivot) j--;
                if (i > j) break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }

            if (wanted <= j) high = j;
            else if (wanted >= i) low = i;
            else break;
        }

        return values[wanted];
    }
}

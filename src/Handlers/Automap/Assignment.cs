namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Gives each row at most one column and each column at most one row, so that the sum of the scores is the highest there can be.</summary>
/// <remarks>The Hungarian method with potentials: its time grows with rows² × columns.</remarks>
internal static class Assignment
{
    /// <param name="scores">Rows by columns, 0 for a pair that must not be.</param>
    /// <returns>For each row its column, or -1.</returns>
    public static int[] Best(double[,] scores)
    {
        var (rows, columns) = (scores.GetLength(0), scores.GetLength(1));
        if (rows > columns)
        {
            return Inverted(Best(Transposed(scores)), rows);
        }

        // 1-based, as the method is usually written; row 0 and column 0 stand for "none".
        var (rowPotential, columnPotential, rowOf, way) = (new double[rows + 1], new double[columns + 1], new int[columns + 1], new int[columns + 1]);
        for (var row = 1; row <= rows; row++)
        {
            rowOf[0] = row;
            var column = 0;
            var (least, seen) = (new double[columns + 1], new bool[columns + 1]);
            Array.Fill(least, double.PositiveInfinity);
            do
            {
                seen[column] = true;
                var (here, delta, next) = (rowOf[column], double.PositiveInfinity, 0);
                for (var j = 1; j <= columns; j++)
                {
                    if (seen[j])
                    {
                        continue;
                    }

                    var cost = -scores[here - 1, j - 1] - rowPotential[here] - columnPotential[j];
                    if (cost < least[j])
                    {
                        (least[j], way[j]) = (cost, column);
                    }

                    if (least[j] < delta)
                    {
                        (delta, next) = (least[j], j);
                    }
                }

                for (var j = 0; j <= columns; j++)
                {
                    if (seen[j])
                    {
                        rowPotential[rowOf[j]] += delta;
                        columnPotential[j] -= delta;
                    }
                    else
                    {
                        least[j] -= delta;
                    }
                }

                column = next;
            }
            while (rowOf[column] != 0);

            for (; column != 0; column = way[column])
            {
                rowOf[column] = rowOf[way[column]];
            }
        }

        var found = Enumerable.Repeat(-1, rows).ToArray();
        for (var j = 1; j <= columns; j++)
        {
            if (rowOf[j] > 0 && scores[rowOf[j] - 1, j - 1] > 0)
            {
                found[rowOf[j] - 1] = j - 1;
            }
        }

        return found;
    }

    private static double[,] Transposed(double[,] scores)
    {
        var turned = new double[scores.GetLength(1), scores.GetLength(0)];
        for (var i = 0; i < scores.GetLength(0); i++)
        {
            for (var j = 0; j < scores.GetLength(1); j++)
            {
                turned[j, i] = scores[i, j];
            }
        }

        return turned;
    }

    private static int[] Inverted(int[] found, int length)
    {
        var inverted = Enumerable.Repeat(-1, length).ToArray();
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] >= 0)
            {
                inverted[found[i]] = i;
            }
        }

        return inverted;
    }
}

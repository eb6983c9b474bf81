using Flatfile.Agent.Handlers.Automap;

namespace Flatfile.Agent.Handlers.Tests.Automap;

public sealed class AssignmentTests
{
    [Fact]
    public void TheBestForAllIsNotTheBestForTheFirst() =>
        Assert.Equal([1, 0], Assignment.Best(new[,] { { 0.9, 0.8 }, { 0.85, 0.1 } }));

    [Fact]
    public void APairWithoutScoreIsNoPair() =>
        Assert.Equal([-1, 0], Assignment.Best(new[,] { { 0, 0 }, { 0.7, 0 } }));

    [Fact]
    public void NothingIsAssignedOfNothing()
    {
        Assert.Equal([-1, -1], Assignment.Best(new double[2, 0]));
        Assert.Empty(Assignment.Best(new double[0, 3]));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(4, 6)]
    [InlineData(6, 4)]
    public void NoOtherAssignmentIsBetter(int rows, int columns)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var scores = new double[rows, columns];
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    scores[i, j] = random.Next(4) == 0 ? 0 : random.NextDouble();
                }
            }

            var found = Assignment.Best(scores);

            Assert.Equal(found.Where(f => f >= 0).Distinct().Count(), found.Count(f => f >= 0));
            Assert.Equal(Highest(scores, 0, new bool[columns]), found.Select((f, i) => f < 0 ? 0 : scores[i, f]).Sum(), 9);
        }
    }

    /// <summary>Tries them all.</summary>
    private static double Highest(double[,] scores, int row, bool[] used)
    {
        if (row == scores.GetLength(0))
        {
            return 0;
        }

        var best = Highest(scores, row + 1, used);
        for (var j = 0; j < used.Length; j++)
        {
            if (!used[j])
            {
                used[j] = true;
                best = Math.Max(best, scores[row, j] + Highest(scores, row + 1, used));
                used[j] = false;
            }
        }

        return best;
    }
}

using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Topics;

/// <summary>Which levels of the tree are open while nothing is searched, and the rows that follow from it. What is closed costs nothing.</summary>
internal sealed class OpenRows(TopicMonitor topics, OpenLevels levels)
{
    // A small tree is open by itself, and so is the beginning of a large one when it is seen first.
    private const int ShortList = 60;
    private const int FewChildren = 20;

    public void SetExpanded(string path, bool expanded) => levels.Set(path, expanded);

    /// <summary>Opens all levels above a topic, so that it has a row.</summary>
    public void Reveal(string path)
    {
        for (var node = topics.Find(path)?.Parent; node?.Parent is not null; node = node.Parent)
        {
            SetExpanded(node.Path, expanded: true);
        }
    }

    public List<TopicRow> Make(TopicOrder order, int about)
    {
        var rows = new List<TopicRow>(Math.Max(16, about));
        Add(topics.Root, level: 1, order, rows);
        levels.HaveBeenShown();
        return rows;
    }

    private void Add(TopicNode parent, int level, TopicOrder order, List<TopicRow> rows)
    {
        var children = order.Children(parent);
        for (var i = 0; i < children.Count; i++)
        {
            var child = children[i];
            var below = child.Topics - (child.IsTopic ? 1 : 0);
            var expanded = below > 0 && IsExpanded(child, rows.Count);
            rows.Add(new TopicRow(child, level, i + 1, children.Count, below > 0 ? expanded : null, IsMatch: false, below));
            if (expanded)
            {
                Add(child, level + 1, order, rows);
            }
        }
    }

    private bool IsExpanded(TopicNode node, int rowsAbove)
    {
        if (levels.IsOpen(node.Path))
        {
            return true;
        }

        if ((!levels.IsFirst && topics.Root.Topics > ShortList) || rowsAbove >= ShortList || levels.IsClosed(node.Path)
            || node.Children.Count > FewChildren || TopicOrder.IsSystem(node))
        {
            return false;
        }

        levels.Set(node.Path, expanded: true);
        return true;
    }
}

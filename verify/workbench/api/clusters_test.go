package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
)

// copiesCase is a case in which one picture lies in three sizes, one of them
// twice, beside another picture.
func copiesCase(t *testing.T) *Case {
	t.Helper()
	return openTestCase(t, map[string][]byte{
		"large.jpg": picture(t, 7, 640, 480), "small.jpg": picture(t, 7, 320, 240), "again.jpg": picture(t, 7, 320, 240), "other.jpg": picture(t, 8, 640, 480),
	})
}

// answered asks what can be answered.
func answered[Out any](t *testing.T, c *Case, name string, values map[string]string, body any) Out {
	t.Helper()
	out, err := ask[Out](t, c, name, values, body)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

func TestClustersAreListedAndSettled(t *testing.T) {
	c := copiesCase(t)
	list := answered[ClustersOut](t, c, "clusters", nil, nil)
	if len(list.Clusters) != 1 || list.Open != 1 {
		t.Fatalf("got %+v", list)
	}
	row := list.Clusters[0]
	if row.State != clusterOpen || row.Items != 2 || row.Copies != 3 || row.Shown.Name != "large.jpg" {
		t.Errorf("the row: %+v", row)
	}

	one := answered[ClusterOut](t, c, "cluster", map[string]string{"cluster": row.ID}, nil)
	if len(one.Members) != 2 || one.Members[0].Card.Name != "large.jpg" || one.Members[1].From != one.Members[0].Card.ID || one.Members[1].Depth != 1 {
		t.Errorf("the tree: %+v", one.Members)
	}
	marks := 0
	for _, l := range one.Lanes {
		marks += len(l.Marks)
	}
	if marks != 3 {
		t.Errorf("the lanes hold %d sightings", marks)
	}

	small := one.Members[1].Card.ID
	answered[Done](t, c, "representative", nil, map[string]any{"item": small, "reason": "posted first"})
	list = answered[ClustersOut](t, c, "clusters", nil, nil)
	if list.Settled != 1 || list.Clusters[0].Shown.ID != small || list.Clusters[0].Chosen.Reason != "posted first" {
		t.Errorf("once chosen: %+v", list)
	}
	if shown := answered[ClustersOut](t, c, "clusters", map[string]string{"show": "open"}, nil); len(shown.Clusters) != 0 || shown.Total != 1 {
		t.Errorf("of those that wait: %+v", shown)
	}
}

func TestClusterIsFoundByAnItem(t *testing.T) {
	c := copiesCase(t)
	row := answered[ClustersOut](t, c, "clusters", nil, nil).Clusters[0]
	for _, d := range row.members {
		if got := answered[ClusterOut](t, c, "cluster", map[string]string{"cluster": string(d)}, nil); got.Row.ID != row.ID {
			t.Errorf("by %s: %s", d, got.Row.ID)
		}
	}
	_, err := readCluster(context.Background(), c, ClusterIn{Cluster: "C-none"})
	if e := (*Error)(nil); !errors.As(err, &e) || e.Status != http.StatusNotFound || e.Hint == "" {
		t.Errorf("one that is not there: %v", err)
	}
}

func TestClusterWithoutAWrongCopy(t *testing.T) {
	c := copiesCase(t)
	row := answered[ClustersOut](t, c, "clusters", nil, nil).Clusters[0]
	one := answered[ClusterOut](t, c, "cluster", map[string]string{"cluster": row.ID}, nil)
	large := one.Members[0].Card.ID
	answered[Done](t, c, "takeOut", nil, map[string]any{"item": large, "reason": "another visit"})
	left := answered[ClustersOut](t, c, "clusters", nil, nil)
	if len(left.Clusters) != 1 || left.Clusters[0].State != clusterEqual || slices.Contains(left.Clusters[0].members, large) {
		t.Fatalf("what is left: %+v", left)
	}
	one = answered[ClusterOut](t, c, "cluster", map[string]string{"cluster": left.Clusters[0].ID}, nil)
	if len(one.Apart) != 1 || one.Apart[0].Other.ID != large || one.Apart[0].Reason != "another visit" {
		t.Errorf("what was taken out: %+v", one.Apart)
	}
	answered[Done](t, c, "undo", nil, map[string]any{"entry": one.Apart[0].Entry})
	if back := answered[ClustersOut](t, c, "clusters", nil, nil); back.Clusters[0].Items != 2 {
		t.Errorf("once put back: %+v", back.Clusters[0])
	}
}

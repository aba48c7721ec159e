// Go's own checksum-database code reads our trees and notes: a case a line, 1 for accepted and 0 for refused.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type asked struct {
	Kind              string
	Index, Size, Old  int64
	Leaf, Root, Older string
	Way               []string
	Note, Key         string
}

func hash(text string) (found tlog.Hash) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != tlog.HashSize {
		panic("not a hash: " + text)
	}
	copy(found[:], raw)
	return
}

func way(texts []string) (found []tlog.Hash) {
	for _, text := range texts {
		found = append(found, hash(text))
	}
	return
}

func accepts(one asked) bool {
	switch one.Kind {
	case "inclusion":
		return tlog.CheckRecord(way(one.Way), one.Size, hash(one.Root), one.Index, hash(one.Leaf)) == nil
	case "growth":
		return tlog.CheckTree(way(one.Way), one.Size, hash(one.Root), one.Old, hash(one.Older)) == nil
	case "note":
		key, err := note.NewVerifier(one.Key)
		if err != nil {
			panic(err)
		}
		_, err = note.Open([]byte(one.Note), note.VerifierList(key))
		return err == nil
	}
	panic("unknown kind: " + one.Kind)
}

func main() {
	lines, said := bufio.NewScanner(os.Stdin), bufio.NewWriter(os.Stdout)
	defer said.Flush()
	for lines.Scan() {
		var one asked
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			panic(err)
		}
		if accepts(one) {
			said.WriteByte('1')
		} else {
			said.WriteByte('0')
		}
	}
}

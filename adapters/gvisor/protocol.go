// What every adapter needs: requests in, one JSON object a line, and one reply a line out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
)

const (
	protocolVersion = "kernspec/1"
	maxLine         = 4 * 1024 * 1024
)

// An object of JSON, as it is read and as it is written.
type object = map[string]any

// An answer has exactly one member: ok, errno, parked, unsupported or fault.
type answer object

func ok(members object) answer {
	if members == nil {
		members = object{}
	}
	return answer{"ok": members}
}

func errno(name string) answer { return answer{"errno": name} }

func unsupported(what string) answer { return answer{"unsupported": what} }

// A fault ends a call, wherever it is noticed: the arguments are wrong, or the adapter is.
type fault string

func fail(format string, values ...any) {
	panic(fault(fmt.Sprintf(format, values...)))
}

// An operation of the contract: its arguments as names, "to?" for one that may be left out.
type operation struct {
	arguments string
	handle    func(arguments) answer
}

type request struct {
	Id   *float64       `json:"id"`
	Op   *string        `json:"op"`
	Args map[string]any `json:"args"`
}

// Answers requests until `bye` or the end of the input.
func serve(input io.Reader, output io.Writer) {
	lines := bufio.NewReaderSize(input, 64*1024)
	replies := bufio.NewWriterSize(output, 64*1024)
	for {
		line, err := readLine(lines)
		if err != nil {
			return
		}
		id, reply, last := respond(line)
		reply["id"] = id
		text, err := json.Marshal(reply)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return
		}
		replies.Write(append(text, '\n'))
		replies.Flush()
		if last {
			return
		}
	}
}

func readLine(lines *bufio.Reader) ([]byte, error) {
	line, err := lines.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		return line, err
	}
	// The slice is the reader's own, so it is copied before more is read.
	long := append([]byte(nil), line...)
	for err == bufio.ErrBufferFull {
		line, err = lines.ReadSlice('\n')
		if len(long) <= maxLine {
			long = append(long, line...)
		}
	}
	return long, err
}

// A request that cannot be read has the id 0.
func respond(line []byte) (id int64, reply answer, last bool) {
	var asked request
	if len(line) > maxLine {
		return 0, answer{"fault": fmt.Sprintf("a line of more than %d octets", maxLine)}, false
	}
	if err := json.Unmarshal(line, &asked); err != nil {
		return 0, answer{"fault": "not a request: " + err.Error()}, false
	}
	if asked.Id == nil || *asked.Id < 1 || asked.Op == nil || asked.Args == nil {
		return 0, answer{"fault": "not a request: it needs id, op and args"}, false
	}
	return int64(*asked.Id), call(*asked.Op, asked.Args), *asked.Op == "bye"
}

// Whatever goes wrong in a handler costs this call and no more.
func call(op string, members object) (reply answer) {
	defer func() {
		problem := recover()
		if problem == nil {
			return
		}
		if why, known := problem.(fault); known {
			reply = answer{"fault": string(why)}
			return
		}
		os.Stderr.Write(debug.Stack())
		reply = answer{"fault": fmt.Sprintf("%s: %v", op, problem)}
	}()
	found, known := operations[op]
	if !known {
		return unsupported(op)
	}
	args := arguments{path: "args", members: members}
	args.check(found.arguments)
	return found.handle(args)
}

func batch(args arguments) answer {
	calls, _ := args.members["calls"].([]any)
	answers := make([]answer, 0, len(calls))
	if len(calls) == 0 {
		fail("args.calls: not an array with something in it")
	}
	for which, item := range calls {
		members, _ := item.(object)
		one := arguments{path: fmt.Sprintf("args.calls[%d]", which), members: members}
		one.check("op args")
		answers = append(answers, call(one.text("op"), one.object("args").members))
	}
	return ok(object{"answers": answers})
}

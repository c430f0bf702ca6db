// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
)

// serve runs a server on a port of loopback: echo, sink, source, http, file PATH, tls CERTIFICATE KEY.
func serve(mode, port string) {
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err == nil && mode == "tls" {
		listener, err = overTLS(listener, os.Args[3], os.Args[4])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if mode == "http" {
		servePages(listener)
	}
	handle := map[string]func(net.Conn){
		"echo": echo, "tls": echo, "sink": swallow, "source": pour, "file": sendFile,
	}[mode]
	fmt.Println("READY")
	for {
		connection, err := listener.Accept()
		if err != nil {
			continue
		}
		go func() {
			defer connection.Close()
			handle(connection)
		}()
	}
}

func servePages(listener net.Listener) {
	page := []byte("Hello, world!")
	fmt.Println("READY")
	err := http.Serve(listener, http.HandlerFunc(func(answer http.ResponseWriter, _ *http.Request) {
		answer.Header().Set("Content-Type", "text/plain")
		answer.Write(page)
	}))
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func overTLS(listener net.Listener, certificate, key string) (net.Listener, error) {
	identity, err := tls.LoadX509KeyPair(certificate, key)
	return tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{identity}}), err
}

func echo(connection net.Conn) {
	room := make([]byte, 2048)
	for {
		count, err := connection.Read(room)
		if err != nil {
			return
		}
		if _, err := connection.Write(room[:count]); err != nil {
			return
		}
	}
}

func swallow(connection net.Conn) {
	room := make([]byte, 65536)
	for {
		if _, err := connection.Read(room); err != nil {
			return
		}
	}
}

func pour(connection net.Conn) {
	chunk := make([]byte, 65536)
	for {
		if _, err := connection.Write(chunk); err != nil {
			return
		}
	}
}

// sendFile uses sendfile(2), which io.Copy does from a file to a socket.
func sendFile(connection net.Conn) {
	file, err := os.Open(os.Args[3])
	if err != nil {
		return
	}
	defer file.Close()
	io.Copy(connection, file)
}
